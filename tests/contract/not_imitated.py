"""What the client knows and this sandbox does not imitate: operations by the client's own groups and names, each an unknown path here."""

from __future__ import annotations

__all__ = ["NOT_IMITATED"]

NOT_IMITATED: dict[str, str] = {
    "affiliate_creator": """
        add_showcase_products check_creator_sample_eligibility create_video_precheck_task
        creator_search_sample_application_fulfillments generate_publisher_sharing_links_in_batch get_creator_profile
        get_creator_sample_application_detail get_open_collaboration_product_list_by_product_ids get_shop_products
        get_shoppable_video_precheck_result get_shoppable_video_status get_showcase_products
        get_tokopedia_and_tik_tok_shop_product_id_mappings map_tokopedia_to_tik_tok_shop_product_i_ds
        move_showcase_products_to_the_top post_shoppable_photos post_shoppable_video remove_showcase_products
        search_affiliate_orders_by_creator search_creator_affiliate_orders search_creator_sample_applications
        search_creator_target_collaborations search_open_collaboration_products upload_shoppable_photo_file
        upload_shoppable_video_file
    """,
    "affiliate_partner": """
        create_affiliate_partner_campaign edit_affiliate_partner_campaign generate_affiliate_partner_campaign_product_link
        generate_campaign_product_promotion_links_in_batch get_affiliate_campaign_creator_product_content_statistics
        get_affiliate_campaign_creator_product_sample_status get_affiliate_partner_campaign_detail
        get_affiliate_partner_campaign_list get_affiliate_partner_campaign_product_list get_campaign_product_performance_list
        get_creator_performance_for_campaign_product publish_affiliate_partner_campaign
        review_affiliate_partner_campaign_product search_cap_affiliate_orders search_tap_affiliate_orders
    """,
    "affiliate_seller": """
        check_creator_outreach_eligibility check_target_collaboration_conflicts create_compass_offline_export_task
        create_open_collaboration create_target_collaboration download_compass_task_file edit_open_collaboration_sample_rule
        edit_open_collaboration_settings generate_affiliate_product_promotion_link generate_target_collaboration_link
        get_compass_task_list get_conversation_list get_creator_conversation_messages
        get_creator_marketplace_advanced_search_filters get_inbox_category_counts get_latest_unread_messages
        get_marketplace_creator_performance get_open_collaboration_creator_content_details get_open_collaboration_sample_rules
        get_open_collaboration_settings get_or_create_creator_conversation get_weekly_creator_outreach_quota
        get_weekly_creator_outreach_records mark_conversations_as_read query_creator_promotion_details_in_target_collaboration
        query_target_collaboration_detail remove_creator_from_open_collaboration_product remove_open_collaboration
        remove_target_collaboration resolve_target_collaboration_conflicts review_a_sample_application
        search_creators_in_creator_marketplace search_open_collaborations search_sample_application_fulfillments
        search_sample_applications search_seller_affiliate_orders search_target_collaborations
        seller_get_sample_request_deeplink seller_search_open_collaboration_products send_im_message
        update_conversation_status update_target_collaboration upload_message_image upload_message_image_v2
    """,
    "analytics": """
        get_bestselling_creators get_bestselling_live_sessions get_bestselling_products get_bestselling_videos
        get_live_room_core_stats get_live_room_gmv_and_order_trends get_live_room_interactive_trends
        get_live_room_product_stats get_live_room_traffic_performance get_live_room_user_portraits get_live_room_view_trends
        get_shop_live_minute_performance get_shop_live_performance_list get_shop_live_performance_overview
        get_shop_live_products_performance_list get_shop_performance get_shop_performance_per_hour
        get_shop_product_performance_detail get_shop_product_performance_list get_shop_sku_performance_detail
        get_shop_sku_performance_list get_shop_video_performance_details get_shop_video_performance_list
        get_shop_video_performance_overview get_shop_video_product_performance_list get_shop_videos_performance_details
        get_sps_metric_diagnosis get_sps_metric_problem_details get_sps_metric_top_items get_sps_metrics get_sps_overview
        get_video_performances
    """,
    "authorization": "get_authorized_category_assets",
    "customer_engagement": """
        create_custom_engagement_task create_engagement_task get_engagement_feature_permissions
        get_engagement_task_performances get_message_templates send_engagement_message
    """,
    "customer_service": """
        end_session get_agent_settings get_conversation get_customer_service_performance search_sessions update_agent_settings
    """,
    "finance": """
        get_payments get_seller_financial_transactions get_trade_in_account_transactions get_trade_in_supplier_account_balance
        get_transactions_by_order get_transactions_by_statement get_unsettled_transactions
    """,
    "fulfilled_by_tik_tok_fbt": """
        cancel_fbtmcf_order cancel_inbound_order confirm_inbound_method create_fbt_goods create_fbtmcf_order
        create_or_update_inbound_plan get_fbt_inbound_order_details get_fbt_merchant_mcf_status
        get_fbt_merchant_onboarded_regions get_fbt_warehouse_list get_fbtmcf_order_status get_inbound_method_detail
        list_available_inbound_methods print_inbound_order_labels query_goods_inventory_for_mcf search_fbt_inventory
        search_fbt_inventory_record search_goods_hazmat_and_expiration_info search_goods_info ship_inbound_order
        update_fbt_goods_info update_goods_sku_relations update_inbound_order_tracking
    """,
    "fulfillment": """
        check_tik_tok_shipping_and_collection_by_tik_tok_coverage combine_package confirm_order_split create_first_mile_bundle
        create_first_mile_bundle_v2 create_packages get_eligible_shipping_services get_order_customs_requirements
        get_order_split_attributes get_order_tracking get_pod_customization_details mark_package_as_shipped
        search_combinable_packages submit_customs_clearance_information submit_redemption_information tracking_status_update
        uncombine_packages update_order_shipping_info update_package_delivery_status update_package_shipping_info
        upload_invoice upload_proof_of_delivery_file upload_proof_of_delivery_image
    """,
    "logistics": """
        check_shipping_template_existence get_global_seller_warehouses get_logistics_tracking
        get_shipping_template_availability
    """,
    "orders": """
        add_external_order_references get_external_order_references get_order_price_details
        search_orders_by_external_order_reference search_pod_customization_details update_the_blind_box_opening_results
    """,
    "products": """
        check_listing_prerequisites create_category_upgrade_task create_custom_brands create_global_product
        create_gpa_upgrade_task create_image_translation_tasks create_manufacturer create_responsible_person
        create_size_chart_v2 delete_global_products delete_products diagnose_and_optimize_product edit_global_product
        edit_size_chart_v2 get_brands get_category_attributes get_category_rules get_global_attributes get_global_categories
        get_global_category_rules get_global_listing_rules get_global_product get_global_replicated_products
        get_image_translation_tasks get_opportunity_detail get_product_diagnoses get_product_package_recommendations
        get_product_skpp_detail get_products_seo_words get_recommended_product_title_and_description get_shop_skpp_summary
        get_submission_records inventory_search list_opportunities list_product_skpp_statuses optimize_images
        partial_edit_global_product partial_edit_manufacturer partial_edit_responsible_person
        predict_product_package_dimensions_and_weight publish_global_product recommend_global_categories
        recommend_required_product_properties recover_products replicate_product search_global_products search_manufacturers
        search_products_for_compliance_auditing search_responsible_persons search_size_charts submit_product_via_opportunity
        submit_size_chart_appeal submit_strikethrough_price suggest_brands update_global_inventory
        update_stock_operation_settings upload_product_file upload_product_image
    """,
    "promotion": """
        create_promotion_activity deactivate_activity get_activity get_coupon remove_promotion_activity_products
        republish_activity search_coupon_list update_promotion_activity update_promotion_activity_products
    """,
    "return_and_refund": """
        approve_return calculate_refund create_return get_aftersale_eligibility get_available_review_decisions
        get_decision_eligibility get_reject_reasons get_return_records reject_return review_aftersales_requests
        search_aftersales_requests search_return_merchandise_authorizations upload_return_shipping_information
    """,
    "seller": "get_active_shops get_global_product_permission get_shop_group_and_related_shops",
    "supply_chain": "confirm_package_shipment",
    "tools": "upload_file_init",
}
"""By group: its operations, with spaces between."""
